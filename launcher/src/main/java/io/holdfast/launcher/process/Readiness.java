package io.holdfast.launcher.process;

/// Tells whether a process does its work. Asked often, so an answer takes a second at most.
public interface Readiness {
    boolean isReady();
}
