package io.holdfast.balancing.strategy;

import java.util.random.RandomGenerator;

/// Draws by weight in constant time (Walker 1974; built in linear time as in Vose, "A Linear
/// Algorithm for Generating Random Numbers With a Given Distribution", 1991).
///
/// The weights, scaled to a mean of 1, are poured into as many columns of height 1. A column holds
/// its own share at the bottom, and is filled up by one other that has too much. A draw picks a
/// column, and then one of the two.
final class AliasTable {
    private final double[] own;
    private final int[] alias;

    AliasTable(double[] weights) {
        int size = weights.length;
        own = scaled(weights);
        alias = new int[size];
        int[] low = new int[size];
        int[] high = new int[size];
        int lows = 0;
        int highs = 0;
        for (int i = 0; i < size; i++) {
            alias[i] = i;
            if (own[i] < 1) {
                low[lows++] = i;
            } else {
                high[highs++] = i;
            }
        }
        while (lows > 0 && highs > 0) {
            int filled = low[--lows];
            int giver = high[--highs];
            alias[filled] = giver;
            own[giver] -= 1 - own[filled];
            if (own[giver] < 1) {
                low[lows++] = giver;
            } else {
                high[highs++] = giver;
            }
        }
        // What is left is 1 but for rounding, and is its own alias.
    }

    private static double[] scaled(double[] weights) {
        double total = 0;
        for (double weight : weights) {
            total += weight;
        }
        double[] scaled = new double[weights.length];
        for (int i = 0; i < weights.length; i++) {
            scaled[i] = weights[i] * weights.length / total;
        }
        return scaled;
    }

    int draw(RandomGenerator random) {
        int column = Draw.below(own.length, random);
        return random.nextDouble() < own[column] ? column : alias[column];
    }
}
