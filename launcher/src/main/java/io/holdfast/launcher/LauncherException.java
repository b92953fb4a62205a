package io.holdfast.launcher;

/// Something that whoever started the launcher can set right. The message is for them: what is wrong
/// and what to do, without a stack trace.
public class LauncherException extends RuntimeException {
    public LauncherException(String message) {
        super(message);
    }

    public LauncherException(String message, Throwable cause) {
        super(message, cause);
    }
}
