package dev.slipway.client.http;

import java.io.InterruptedIOException;
import java.util.Collections;
import java.util.Set;
import java.util.WeakHashMap;
import okhttp3.Call;

/** Ends calls of another thread that wait for their answers, and lets none begin afterwards. Thread-safe. */
public final class Hangup {
    /** Calls that are over are forgotten with everybody else. */
    private final Set<Call> calls = Collections.newSetFromMap(new WeakHashMap<>());

    private boolean over;

    /** Ends them; those who wait for them get an {@code IOException}. */
    public synchronized void hangUp() {
        over = true;
        calls.forEach(Call::cancel);
    }

    synchronized void begins(Call call) throws InterruptedIOException {
        if (over) {
            throw new InterruptedIOException("no call is made any more");
        }
        calls.add(call);
    }
}
