package jenkins.util;

import io.jenkins.plugins.slipway.signatures.Absent;
import java.util.concurrent.ScheduledExecutorService;

public class Timer {
    private Timer() {}

    public static synchronized ScheduledExecutorService get() {
        throw Absent.code();
    }
}
