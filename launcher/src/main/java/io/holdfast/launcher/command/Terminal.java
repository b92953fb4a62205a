package io.holdfast.launcher.command;

import io.holdfast.launcher.transfer.ProgressBar;

/// What standard error is; the script tells, since Java cannot.
final class Terminal {
    private Terminal() {}

    static ProgressBar progressBar() {
        return new ProgressBar(System.err, Boolean.getBoolean("holdfast.terminal"));
    }
}
