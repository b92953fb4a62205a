package io.holdfast.balancing.spring;

import io.holdfast.balancing.ejection.EjectionRule;
import java.time.Duration;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * When an instance is taken out because it does worse than its peers, and for how long.
 *
 * @param consecutiveFailures so many in a row, while a peer has less than half of that
 * @param failureShare by how much its share of failures may exceed that of its peers
 * @param timesSlower how many times the median latency of its peers its own may be
 * @param stalled how long nothing may come from it while several requests wait and peers answer
 * @param minimumRequests before a share or a median means anything
 * @param base how long the first ejection lasts; each further one is twice as long
 * @param longest the longest ejection
 * @param mostEjected the share of the instances that may be out at once, though always one of two; 0 ejects nobody
 * @param mostSlow above this share of the instances out, though always one, none is taken out for being slow
 * @param mostPeerLoad how busy, by their own reports, its peers may be with the work of an instance that is taken out for
 *     being slow
 * @param panicBelow where a smaller share of the healthy instances is left, the ejected ones are used, too
 */
record EjectionProperties(
        @DefaultValue("5") int consecutiveFailures,
        @DefaultValue("0.3") double failureShare,
        @DefaultValue("5") double timesSlower,
        @DefaultValue("500ms") Duration stalled,
        @DefaultValue("20") int minimumRequests,
        @DefaultValue("1s") Duration base,
        @DefaultValue("30s") Duration longest,
        @DefaultValue("0.5") double mostEjected,
        @DefaultValue("0.34") double mostSlow,
        @DefaultValue("0.7") double mostPeerLoad,
        @DefaultValue("0.34") double panicBelow) {
    EjectionProperties {
        // The rule refuses what makes no sense.
        new EjectionRule(
                consecutiveFailures,
                failureShare,
                timesSlower,
                stalled,
                minimumRequests,
                base,
                longest,
                mostEjected,
                mostSlow,
                mostPeerLoad,
                panicBelow);
    }

    EjectionRule rule() {
        return new EjectionRule(
                consecutiveFailures,
                failureShare,
                timesSlower,
                stalled,
                minimumRequests,
                base,
                longest,
                mostEjected,
                mostSlow,
                mostPeerLoad,
                panicBelow);
    }
}
