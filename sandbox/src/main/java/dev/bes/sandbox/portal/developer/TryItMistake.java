package dev.bes.sandbox.portal.developer;

/** What keeps the call of a form from being sent; its message is for the visitor. */
final class TryItMistake extends Exception {

    private static final long serialVersionUID = 1L;

    TryItMistake(String message) {
        super(message);
    }
}
