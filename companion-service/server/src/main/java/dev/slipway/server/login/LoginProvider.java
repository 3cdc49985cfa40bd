package dev.slipway.server.login;

import java.io.IOException;
import java.net.URI;

/** Where people have accounts that they can log in with. Safe for use by several threads. */
interface LoginProvider {
    /**
     * A login that is under way.
     *
     * @param state comes back with the answer
     * @param nonce comes back within the ID token, where there is one
     * @param verifier the secret of PKCE
     * @param redirectUri where the provider sends the browser
     */
    record Attempt(String state, String nonce, String verifier, URI redirectUri) {}

    /** Its name here, also in addresses. */
    String name();

    /** Its name for people. */
    String label();

    /** The path below {@code /login}. */
    String path();

    /**
     * Where to send the browser.
     *
     * @throws IOException when the provider cannot be asked
     */
    URI authorization(Attempt attempt) throws IOException;

    /**
     * Who it was that the provider sent back with a code.
     *
     * @throws LoginRefusedException when the provider does not vouch for anybody, or not for somebody who may log in here
     * @throws IOException when the provider cannot be asked
     */
    Identity identify(String code, Attempt attempt) throws LoginRefusedException, IOException;
}
