package io.holdfast.launcher.command;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Optional;

/// This process's session, as the system has it. Those in a session share its terminal: its Ctrl-C
/// reaches all of them, and its end too.
final class Session {
    private Session() {}

    /// Leaves the terminal's session for one of its own, which children inherit. So only the supervisor
    /// hears of Ctrl-C, from the script, and stops its children in order. Has no effect on a process that
    /// a shell made the head of a group; then the terminal reaches the children too, as is usual.
    @SuppressWarnings("restricted") // Java has no other way to call setsid(2), and macOS no command for it
    static void makeOwn() {
        Linker linker = Linker.nativeLinker();
        Optional<MemorySegment> setsid = linker.defaultLookup().find("setsid");
        if (setsid.isEmpty()) {
            return;
        }
        try {
            int _ = (int) linker.downcallHandle(setsid.get(), FunctionDescriptor.of(ValueLayout.JAVA_INT))
                    .invokeExact();
        } catch (Throwable e) {
            throw new IllegalStateException("setsid cannot be called", e);
        }
    }
}
