package io.holdfast.signals;

/// How much this process uses of what it may use, as shares of one.
interface ProcessLoad {
    /// Of the CPU, since the last call.
    double cpu();

    double memory();
}
