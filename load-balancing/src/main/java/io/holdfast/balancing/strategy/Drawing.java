package io.holdfast.balancing.strategy;

import java.util.random.RandomGenerator;

/// Draws by weight.
final class Drawing implements Picker {
    private final double[] weights;
    private final AliasTable table;
    private final RandomGenerator random;
    private final String meaning;

    Drawing(double[] weights, RandomGenerator random, String meaning) {
        this.weights = weights;
        this.table = new AliasTable(weights);
        this.random = random;
        this.meaning = meaning;
    }

    @Override
    public int pick(long key) {
        return table.draw(random);
    }

    @Override
    public int size() {
        return weights.length;
    }

    @Override
    public Score score(int index) {
        return new Score(weights[index], meaning);
    }
}
