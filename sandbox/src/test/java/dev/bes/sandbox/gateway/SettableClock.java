package dev.bes.sandbox.gateway;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** A clock that moves when it is told to. */
public final class SettableClock implements InstantSource {

    private Instant now = Instant.parse("2026-01-05T08:00:00Z");

    @Override
    public Instant instant() {
        return now;
    }

    /** Moves it ahead. */
    public void advance(Duration by) {
        now = now.plus(by);
    }
}
