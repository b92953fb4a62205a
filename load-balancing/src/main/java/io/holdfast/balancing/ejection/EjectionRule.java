package io.holdfast.balancing.ejection;

import java.time.Duration;

/// When an instance is taken out because of what its callers see, and for how long. Every rule
/// compares it to its peers: where all do badly, nobody is taken out.
///
/// @param consecutiveFailures so many in a row, while a peer has less than half of that
/// @param failureShare by how much its share of failures may exceed that of all peers together
/// @param timesSlower how many times the median latency of its peers its own may be
/// @param stalled how long nothing may come from it while several requests wait and peers answer
/// @param minimumRequests before a share or a median means anything
/// @param base how long the first ejection lasts; each further one is twice as long
/// @param longest the longest ejection; so long without any makes the next one shorter again
/// @param mostEjected the share of the instances that may be out at once, though always one of two
/// @param mostSlow above this share of the instances out, though always one, slowness ejects no more of them: what it
///     takes out was working, and the others have to do its work. (They would be the slow ones then, and so on.)
/// @param mostPeerLoad how busy, by their own reports, its peers may be with the work of an instance that is ejected
///     for slowness: where they have no room for it, it is slow because there is too much to do, and that is for
///     the strategy to distribute. Without reports from all this says nothing.
/// @param panicBelow where a smaller share of the healthy instances is left, the ejected ones are
///     used, too
public record EjectionRule(
        int consecutiveFailures,
        double failureShare,
        double timesSlower,
        Duration stalled,
        int minimumRequests,
        Duration base,
        Duration longest,
        double mostEjected,
        double mostSlow,
        double mostPeerLoad,
        double panicBelow) {
    public static final EjectionRule DEFAULT = new EjectionRule(
            5, 0.3, 5, Duration.ofMillis(500), 20, Duration.ofSeconds(1), Duration.ofSeconds(30), 0.5, 0.34, 0.7, 0.34);

    public EjectionRule {
        require(consecutiveFailures >= 1, "consecutiveFailures", consecutiveFailures, "at least 1");
        require(failureShare > 0 && failureShare <= 1, "failureShare", failureShare, "above 0 and at most 1");
        require(timesSlower > 1 && timesSlower <= 1e6, "timesSlower", timesSlower, "above 1");
        require(stalled.isPositive(), "stalled", stalled, "positive");
        require(minimumRequests >= 1, "minimumRequests", minimumRequests, "at least 1");
        require(base.isPositive(), "base", base, "positive");
        require(longest.compareTo(base) >= 0, "longest", longest, "not below base, " + base);
        require(mostEjected >= 0 && mostEjected <= 1, "mostEjected", mostEjected, "from 0, which ejects nobody, to 1");
        require(mostSlow >= 0 && mostSlow <= 1, "mostSlow", mostSlow, "from 0 to 1");
        require(mostPeerLoad > 0, "mostPeerLoad", mostPeerLoad, "above 0");
        require(panicBelow >= 0 && panicBelow <= 1, "panicBelow", panicBelow, "from 0 to 1");
    }

    private static void require(boolean right, String name, Object value, String allowed) {
        if (!right) {
            throw new IllegalArgumentException("%s is %s. It has to be %s.".formatted(name, value, allowed));
        }
    }
}
