package dev.slipway.server.identity;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import java.time.Instant;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;
import org.jspecify.annotations.Nullable;

/** A row of api_token. */
@Entity
class ApiToken {
    @Id
    @GeneratedValue(strategy = GenerationType.IDENTITY)
    @Nullable
    Long id;

    long userId;
    String name = "";

    @Column(name = "token_sha256")
    byte[] tokenSha256 = {};

    @JdbcTypeCode(SqlTypes.ARRAY)
    @Column(columnDefinition = "text[]")
    String[] scopes = {};

    Instant createdAt = Instant.EPOCH;

    @Nullable
    Instant expiresAt;

    @Nullable
    Instant lastUsedAt;

    @Nullable
    Instant revokedAt;

    protected ApiToken() {}

    ApiToken(long userId, String name, byte[] tokenSha256, String[] scopes, Instant createdAt) {
        this.userId = userId;
        this.name = name;
        this.tokenSha256 = tokenSha256;
        this.scopes = scopes;
        this.createdAt = createdAt;
    }
}
