package dev.slipway.server.identity;

import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A row of app_user. */
@Entity
class AppUser {
    static final String PERSON = "person";
    static final String SERVICE = "service";

    @Id
    @GeneratedValue(strategy = GenerationType.IDENTITY)
    @Nullable
    Long id;

    String username = "";

    @Nullable
    String email;

    String kind = PERSON;
    boolean active = true;
    Instant createdAt = Instant.EPOCH;

    protected AppUser() {}

    AppUser(String username, String kind, Instant createdAt) {
        this.username = username;
        this.kind = kind;
        this.createdAt = createdAt;
    }
}
