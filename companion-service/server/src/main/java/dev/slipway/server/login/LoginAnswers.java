package dev.slipway.server.login;

import dev.slipway.api.identity.LoginAnswer;

/** What a login answers in the founding API's form. */
final class LoginAnswers {
    private LoginAnswers() {}

    static LoginAnswer of(LinkedAccounts.Account account, String token) {
        String email = account.email();
        return new LoginAnswer(account.id(), account.username(), email == null ? "" : email, token);
    }
}
