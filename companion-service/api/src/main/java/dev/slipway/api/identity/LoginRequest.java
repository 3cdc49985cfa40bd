package dev.slipway.api.identity;

/**
 * A login as the founding API has it.
 *
 * @param code that GitHub gave, which proves who it is; good for one use
 */
public record LoginRequest(String code) {
    @Override
    public String toString() {
        return "a code";
    }
}
