package dev.bes.sandbox.portal.developer;

import java.util.List;
import java.util.Map;

/** Reads headers that are written one a line. */
final class HeaderLines {

    static final int MOST = 50;

    private HeaderLines() {}

    /** @throws TryItMistake when a line is no header, or names one that is there already */
    static void add(String text, Map<String, String> headers) throws TryItMistake {
        List<String> lines = text.lines().map(String::strip).toList();
        for (int i = 0; i < lines.size(); i++) {
            if (!lines.get(i).isEmpty()) {
                add(lines.get(i), i + 1, headers);
            }
        }
        if (headers.size() > MOST) {
            throw new TryItMistake("A call may have at most " + MOST + " headers.");
        }
    }

    private static void add(String line, int number, Map<String, String> headers) throws TryItMistake {
        int colon = line.indexOf(':');
        if (colon < 1) {
            throw new TryItMistake("Line " + number + " of the headers is no header. Write it as Name: value.");
        }
        String name = line.substring(0, colon);
        if (headers.keySet().stream().anyMatch(name::equalsIgnoreCase)) {
            throw new TryItMistake("Line " + number + " of the headers repeats " + name
                    + ". To send another key than that of a subscription, choose no subscription.");
        }
        headers.put(name, line.substring(colon + 1).strip());
    }
}
