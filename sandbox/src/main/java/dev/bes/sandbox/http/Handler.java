package dev.bes.sandbox.http;

/** Answers one request; decorators of it make up the way from the port to a service. */
@FunctionalInterface
public interface Handler {

    /** The reply to send; exceptions become a 500 at the port. */
    Reply handle(Request request);
}
