package io.holdfast.balancing.retry;

/// What further attempts may add to the requests of a service.
///
/// @param share of the requests
/// @param perSecond what is allowed anyway, so that a service with little traffic can retry at all
/// @param reserve how many of these are kept while they are not needed
public record BudgetRule(double share, double perSecond, int reserve) {
    public static final BudgetRule DEFAULT = new BudgetRule(0.12, 1, 10);

    public BudgetRule {
        if (!(share >= 0 && share <= 1)) {
            throw new IllegalArgumentException(
                    "A retry budget's share of the requests is %s. It has to be from 0 to 1.".formatted(share));
        }
        if (!(perSecond >= 0 && perSecond <= 1_000_000) || reserve < 0) {
            throw new IllegalArgumentException(
                    "A retry budget of %s per second and a reserve of %d is none. Both have to be 0 or more."
                            .formatted(perSecond, reserve));
        }
    }
}
