package dev.slipway.server.identity;

import dev.slipway.server.database.Row;
import dev.slipway.server.database.Sql;
import dev.slipway.server.database.Transactions;
import java.sql.SQLException;
import java.util.Optional;
import java.util.Set;

/** Opaque API tokens: what they prove is in the database. */
public final class ApiTokens implements TokenKind {
    private final Transactions transactions;

    public ApiTokens(Transactions transactions) {
        this.transactions = transactions;
    }

    @Override
    public Optional<Proof> prove(String token) {
        if (!token.startsWith(Secrets.PREFIX)) {
            return Optional.empty();
        }
        return transactions.read(session -> Sql.one(
                session,
                "select u.id as user_id, u.username, t.id as token_id, t.name, t.scopes, t.expires_at"
                        + " from api_token t join app_user u on u.id = t.user_id"
                        + " where t.token_sha256 = ? and t.revoked_at is null and u.active",
                ApiTokens::proof,
                (Object) Secrets.digest(token)));
    }

    private static Proof proof(Row row) throws SQLException {
        return new Proof(
                row.number("user_id"),
                row.text("username"),
                row.number("token_id"),
                row.text("name"),
                Set.copyOf(row.texts("scopes")),
                row.instantOrNull("expires_at"));
    }
}
