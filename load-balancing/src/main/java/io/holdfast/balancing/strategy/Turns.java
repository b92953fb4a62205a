package io.holdfast.balancing.strategy;

/// Turns by weight.
final class Turns implements Picker {
    private final double[] weights;
    private final Stride stride;
    private final String meaning;

    Turns(double[] weights, Stride stride, String meaning) {
        this.weights = weights;
        this.stride = stride;
        this.meaning = meaning;
    }

    @Override
    public int pick(long key) {
        return stride.next();
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
