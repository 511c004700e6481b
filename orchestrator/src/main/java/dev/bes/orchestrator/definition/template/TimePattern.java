package dev.bes.orchestrator.definition.template;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The pattern of a time, looked at for letters that are good and mean something else than their writer thought: the
 * folders that they make look right until the end of the year, or until noon.
 */
public final class TimePattern {

    private static final String DATE = "yuYMLdD";
    private static final String HOUR = "HhkKA";

    private final String text;
    private final List<Run> runs = new ArrayList<>();
    private final List<Doubt> doubts = new ArrayList<>();

    /** The same letter some times in a row. */
    private record Run(char letter, int from, int to) {
        String written(String text) {
            return text.substring(from, to);
        }

        boolean isOneOf(String letters) {
            return letters.indexOf(letter) >= 0;
        }
    }

    /**
     * A doubt.
     *
     * @param run the letters in doubt
     * @param message what they mean
     * @param better what was probably meant
     * @param isMistake whether nobody can want this
     */
    private record Doubt(Run run, String message, String better, boolean isMistake) {}

    TimePattern(String text) {
        this.text = text;
        readRuns();
        for (int i = 0; i < runs.size(); i++) {
            look(runs.get(i), before(i), after(i));
        }
    }

    /** What is surely wrong, a sentence each. */
    public List<String> mistakes() {
        return doubts.stream().filter(Doubt::isMistake).map(Doubt::message).toList();
    }

    /** What is probably wrong, a sentence each. */
    public List<String> warnings() {
        return doubts.stream()
                .filter(doubt -> !doubt.isMistake)
                .map(Doubt::message)
                .toList();
    }

    /** The pattern that was probably meant. */
    public String better() {
        StringBuilder better = new StringBuilder(text);
        for (Doubt doubt : doubts.reversed()) {
            better.replace(doubt.run.from, doubt.run.to, doubt.better);
        }
        return better.toString();
    }

    private void readRuns() {
        boolean quoted = false;
        for (int i = 0; i < text.length(); ) {
            char c = text.charAt(i);
            int end = i + 1;
            if (c == '\'') {
                quoted = !quoted;
            } else if (!quoted && Character.isLetter(c)) {
                while (end < text.length() && text.charAt(end) == c) {
                    end++;
                }
                runs.add(new Run(c, i, end));
            }
            i = end;
        }
    }

    private void look(Run run, @Nullable Run before, @Nullable Run after) {
        String written = run.written(text);
        switch (run.letter) {
            case 'Y' -> {
                if (!has("wW") || has("MLdD")) {
                    doubt(
                            run,
                            "is the year that the week belongs to, another one than the date's around New Year",
                            "y");
                }
            }
            case 'y', 'u' -> {
                if (has("w") && !has("MLdD")) {
                    doubt(run, "is the year of the date, not the one that the week belongs to", "Y");
                }
            }
            case 'D' -> {
                if (has("MLd") || monthByMinutes()) {
                    doubt(run, "is the day of the year, from 1 to 366", has("d") ? "DDD" : "d");
                } else if (written.length() == 2) {
                    warn(run, "is the day of the year, from 1 to 366, in two digits or three", "DDD");
                }
            }
            case 'm' -> {
                if (meansMonth(before, after)) {
                    doubt(run, "is the minute", "M");
                }
            }
            case 'M' -> {
                if ((before != null && before.isOneOf(HOUR)) || (after != null && after.letter == 's')) {
                    doubt(run, "is the month, but stands where a minute does", "m");
                }
            }
            case 'h', 'K' -> {
                if (!has("aB")) {
                    doubt(run, "is the hour of the half-day, the same in the morning and in the evening", "H");
                }
            }
            case 'k' -> warn(run, "is the hour from 1 to 24: midnight is the 24 of the day that begins", "H");
            case 'S' -> {
                if (!has("s") && has("m" + HOUR)) {
                    doubt(run, "is the fraction of a second", "s");
                }
            }
            case 'd' -> {
                if (has("yu") && !has("MLDmwW")) {
                    warn(run, "is the day of a month, and no month stands with it", written);
                }
            }
            default -> {}
        }
    }

    /** Whether minutes stand where a month does. */
    private boolean monthByMinutes() {
        return IntStream.range(0, runs.size())
                .anyMatch(i -> runs.get(i).letter == 'm' && meansMonth(before(i), after(i)));
    }

    private @Nullable Run before(int i) {
        return i == 0 ? null : runs.get(i - 1);
    }

    private @Nullable Run after(int i) {
        return i + 1 == runs.size() ? null : runs.get(i + 1);
    }

    private boolean meansMonth(@Nullable Run before, @Nullable Run after) {
        if (!has(HOUR)) {
            return has(DATE);
        }
        boolean afterDate = before != null && before.isOneOf("yuYdD");
        boolean afterYear = before != null && before.isOneOf("yuY");
        return afterYear || (afterDate && (after == null || after.isOneOf("yuYdD")));
    }

    private boolean has(String letters) {
        return runs.stream().anyMatch(run -> run.isOneOf(letters));
    }

    private void doubt(Run run, String means, String better) {
        doubts.add(new Doubt(run, "'%s' %s".formatted(run.written(text), means), sized(run, better), true));
    }

    private void warn(Run run, String means, String better) {
        doubts.add(new Doubt(run, "'%s' %s".formatted(run.written(text), means), sized(run, better), false));
    }

    /** As many letters as were written, two at most where the number has two digits. */
    private String sized(Run run, String better) {
        if (better.length() > 1) {
            return better;
        }
        int most = "dHms".contains(better) ? 2 : run.to - run.from;
        return better.repeat(Math.min(run.to - run.from, most));
    }

    /** The time pattern of a variable; empty if it has none. */
    public static Optional<TimePattern> of(TemplateVariable variable) {
        String argument = variable.argument();
        return argument == null || !variable.isTime() ? Optional.empty() : Optional.of(new TimePattern(argument));
    }
}
