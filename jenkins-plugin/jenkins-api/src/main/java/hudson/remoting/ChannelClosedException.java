package hudson.remoting;

import java.io.IOException;

public class ChannelClosedException extends IOException {
    public ChannelClosedException(Throwable cause) {
        super(cause);
    }
}
