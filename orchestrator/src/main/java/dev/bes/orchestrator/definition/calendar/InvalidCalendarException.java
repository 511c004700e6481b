package dev.bes.orchestrator.definition.calendar;

/** A calendar file can't be read as one. The message says where and why. */
final class InvalidCalendarException extends RuntimeException {
    InvalidCalendarException(String message) {
        super(message);
    }
}
