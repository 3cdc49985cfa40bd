package dev.slipway.server.login;

import org.jspecify.annotations.Nullable;

/**
 * Who somebody is at a provider.
 *
 * @param provider the provider's name here
 * @param subject what the provider never gives to anybody else
 * @param username what the person is called there, which may change and be given to others
 * @param email an address that the provider has verified; never used to find an account
 */
record Identity(
        String provider,
        String subject,
        String username,
        @Nullable String email) {}
