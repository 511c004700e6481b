package dev.bes.sandbox.blob;

/** A blob reference leads to a store that the sandbox does not call. The message names the host, and no secret. */
public final class UnreachableStore extends RuntimeException {

    private static final int LONGEST = 100;

    /** @param place host or account that the reference names */
    UnreachableStore(String place) {
        super("The sandbox opens no connection beyond loopback, and \"" + shown(place)
                + "\" is not its store. Use the connection string that it prints, or its account's name");
    }

    private static String shown(String place) {
        String plain = place.replaceAll("[^\\x20-\\x7e]|[\"<>&]", "?");
        return plain.length() <= LONGEST ? plain : plain.substring(0, LONGEST) + "...";
    }
}
