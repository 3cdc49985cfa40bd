package dev.slipway.server.composes;

import dev.slipway.api.composes.Compose;
import dev.slipway.server.channels.ServedUrls;

/** Composes as callers see them. */
final class ComposeView {

    private final ServedUrls urls;

    ComposeView(ServedUrls urls) {
        this.urls = urls;
    }

    Compose of(StoredCompose c) {
        boolean done = c.state() == Compose.State.DONE;
        return new Compose(
                c.id(),
                c.state().ordinal(),
                c.state().word(),
                c.stateReason(),
                c.owner(),
                c.request(),
                c.request().label(),
                c.request().event(),
                c.contentHash(),
                c.reusedId(),
                c.regeneratesId(),
                c.packageCount(),
                c.lifetimeSeconds(),
                done ? urls.channel(path(c.id())) : null,
                done ? urls.clientConfiguration(path(c.id()), c.type()) : null,
                c.timeSubmitted(),
                c.timeStarted(),
                c.timeDone(),
                c.timeToExpire(),
                c.timeRemoved(),
                c.removedBy(),
                c.revision());
    }

    /** The channel of a compose. */
    static String path(long id) {
        return "composes/" + id;
    }
}
