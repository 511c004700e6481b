package dev.bes.orchestrator.definition.template;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Finds valid letters in a time pattern that probably mean something else than intended. Their folders look right until
 * the end of the year, or until noon.
 */
public final class TimePattern {

    private static final String DATE = "yuYMLdD";
    private static final String HOUR = "HhkKA";

    private final String text;
    private final List<Run> runs = new ArrayList<>();
    private final List<Finding> findings = new ArrayList<>();

    /** A letter and its repetitions. */
    private record Run(char letter, int from, int to) {
        String written(String text) {
            return text.substring(from, to);
        }

        boolean isOneOf(String letters) {
            return letters.indexOf(letter) >= 0;
        }
    }

    /**
     * A finding about a pattern.
     *
     * @param run the letters
     * @param message what they mean
     * @param better what was probably intended
     * @param isMistake whether it is certainly wrong
     */
    private record Finding(Run run, String message, String better, boolean isMistake) {}

    TimePattern(String text) {
        this.text = text;
        readRuns();
        for (int i = 0; i < runs.size(); i++) {
            check(runs.get(i), before(i), after(i));
        }
    }

    /** What is certainly wrong, one sentence each. */
    public List<String> mistakes() {
        return findings.stream()
                .filter(Finding::isMistake)
                .map(Finding::message)
                .toList();
    }

    /** What is probably wrong, one sentence each. */
    public List<String> warnings() {
        return findings.stream()
                .filter(finding -> !finding.isMistake)
                .map(Finding::message)
                .toList();
    }

    /** The pattern that was probably intended. */
    public String suggestion() {
        StringBuilder better = new StringBuilder(text);
        for (Finding finding : findings.reversed()) {
            better.replace(finding.run.from, finding.run.to, finding.better);
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

    private void check(Run run, @Nullable Run before, @Nullable Run after) {
        String written = run.written(text);
        switch (run.letter) {
            case 'Y' -> {
                if (!has("wW") || has("MLdD")) {
                    mistake(
                            run,
                            "is the year of the week, which differs from the year of the date around New Year",
                            "y");
                }
            }
            case 'y', 'u' -> {
                if (has("w") && !has("MLdD")) {
                    mistake(run, "is the year of the date, not the year of the week", "Y");
                }
            }
            case 'D' -> {
                if (has("MLd") || monthByMinutes()) {
                    mistake(run, "is the day of the year, from 1 to 366", has("d") ? "DDD" : "d");
                } else if (written.length() == 2) {
                    warn(run, "is the day of the year, from 1 to 366, in two digits or three", "DDD");
                }
            }
            case 'm' -> {
                if (meansMonth(before, after)) {
                    mistake(run, "is the minute", "M");
                }
            }
            case 'M' -> {
                if ((before != null && before.isOneOf(HOUR)) || (after != null && after.letter == 's')) {
                    mistake(run, "is the month, but stands in the position of a minute", "m");
                }
            }
            case 'h', 'K' -> {
                if (!has("aB")) {
                    mistake(run, "is the hour of the half-day, the same in the morning and in the evening", "H");
                }
            }
            case 'k' -> warn(run, "is the hour from 1 to 24: midnight is hour 24 of the new day", "H");
            case 'S' -> {
                if (!has("s") && has("m" + HOUR)) {
                    mistake(run, "is the fraction of a second", "s");
                }
            }
            case 'd' -> {
                if (has("yu") && !has("MLDmwW")) {
                    warn(run, "is the day of a month, but the pattern has no month", written);
                }
            }
            default -> {}
        }
    }

    /** Whether minutes stand in the position of a month. */
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

    private void mistake(Run run, String means, String better) {
        findings.add(new Finding(run, "'%s' %s".formatted(run.written(text), means), sized(run, better), true));
    }

    private void warn(Run run, String means, String better) {
        findings.add(new Finding(run, "'%s' %s".formatted(run.written(text), means), sized(run, better), false));
    }

    /** As many letters as were written, at most two for numbers of two digits. */
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
