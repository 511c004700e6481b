package dev.bes.sandbox.request;

import dev.bes.sandbox.settings.Assumptions;
import dev.bes.sandbox.settings.RequestAnswer.AddressCase;
import java.util.List;

/** The segments of a raw path. A slash at the end makes no difference. */
public record Segments(List<String> raw, Assumptions assumptions) {

    /** The segments of a path. */
    public static Segments of(String path, Assumptions assumptions) {
        return new Segments(List.of(path.replaceAll("^/|/$", "").split("/", -1)), assumptions);
    }

    /** How many there are; at least one, which may be empty. */
    public int size() {
        return raw.size();
    }

    /** Whether the path has a segment at a position, and it is this word. */
    public boolean is(int position, String word) {
        if (position >= raw.size()) {
            return false;
        }
        String decoded = Guids.decoded(raw.get(position));
        return assumptions.has(AddressCase.IGNORED) ? decoded.equalsIgnoreCase(word) : decoded.equals(word);
    }

    /** The id at a position, as the service issued it; an empty text beyond the end. */
    public String id(int position) {
        return position < raw.size() ? Guids.issued(raw.get(position), assumptions) : "";
    }
}
