package io.holdfast.balancing;

import java.util.List;

/// What a strategy would do next, found out on copies: nothing was picked.
///
/// @param picks the instances in the order in which they would be picked, if all of these requests
///     began now and none ended
/// @param candidates what the picks are made from: the instances that can be used
public record Explanation(String service, Strategy strategy, List<String> picks, List<Candidate> candidates) {
    /// @param share of the traffic that its weight gives it, slow start included, where all are alike
    /// @param score what the strategy compares
    /// @param why what the score means
    public record Candidate(String id, InstanceState state, double weight, double share, double score, String why) {}
}
