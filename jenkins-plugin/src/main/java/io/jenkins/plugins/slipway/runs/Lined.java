package io.jenkins.plugins.slipway.runs;

import edu.umd.cs.findbugs.annotations.NonNull;

/** An entry with lines of its own, of which there may be thousands. */
interface Lined<T> {
    /** How many lines it keeps. */
    int lines();

    /** The same with no more lines than that. */
    @NonNull
    T shortened(int most);
}
