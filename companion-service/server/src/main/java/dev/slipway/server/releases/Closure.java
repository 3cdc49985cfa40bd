package dev.slipway.server.releases;

import java.util.List;

/** Finds out whether what a release needs is there where it goes. */
interface Closure {
    /** Adds a finding for each package that runs: what of its needs is left behind, or that nothing is. */
    void check(List<Planned> planned, Findings findings);
}
