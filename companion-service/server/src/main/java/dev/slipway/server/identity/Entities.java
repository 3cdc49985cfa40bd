package dev.slipway.server.identity;

import java.util.List;

/** The mapped entities of this package. */
public final class Entities {
    public static final List<Class<?>> ALL = List.of(AppUser.class, ApiToken.class);

    private Entities() {}
}
