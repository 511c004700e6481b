package dev.bes.orchestrator.web.security.session;

import java.time.Instant;

/**
 * What a session holds, as a text: so nodes of two versions understand it.
 *
 * @param account number of the account
 * @param epoch the session epoch of the account at sign-in
 * @param since when the user signed in
 * @param active when he last did something
 */
record SessionState(long account, int epoch, Instant since, Instant active) {
    static SessionState of(String text) {
        String[] parts = text.split(" ", -1);
        return new SessionState(
                Long.parseLong(parts[0]), Integer.parseInt(parts[1]), Instant.parse(parts[2]), Instant.parse(parts[3]));
    }

    @Override
    public String toString() {
        return "%d %d %s %s".formatted(account, epoch, since, active);
    }
}
