package dev.slipway.api.identity;

/** A login with a code that GitHub gave, in the founding API's form. */
public record LoginRequest(Code user) {
    /** What proves who it is; good for one use. */
    public record Code(String code) {
        @Override
        public String toString() {
            return "a code";
        }
    }
}
