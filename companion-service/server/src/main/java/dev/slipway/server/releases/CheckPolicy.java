package dev.slipway.server.releases;

import java.util.List;
import java.util.Set;

/**
 * What a distribution asks of the packages that enter it.
 *
 * @param signRequired whether unsigned packages are refused
 * @param keyids the keys of which one must have signed; empty: any key of the service
 * @param testsRequired whether packages without passed tests are refused; failed ones always are
 * @param weakArches architectures whose absence is only a warning
 * @param arches the architectures of the platform
 */
record CheckPolicy(
        boolean signRequired, Set<String> keyids, boolean testsRequired, Set<String> weakArches, List<String> arches) {
    CheckPolicy {
        keyids = Set.copyOf(keyids);
        weakArches = Set.copyOf(weakArches);
        arches = List.copyOf(arches);
    }
}
