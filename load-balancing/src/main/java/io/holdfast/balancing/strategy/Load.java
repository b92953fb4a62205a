package io.holdfast.balancing.strategy;

import io.holdfast.balancing.signal.Signals;

/// How loaded an instance is, as a number to compare; less is better.
interface Load {
    double of(Signals instance, long nowNanos);
}
