package dev.bes.orchestrator.definition.check.overlap;

import dev.bes.orchestrator.definition.Definition;
import dev.bes.orchestrator.definition.Folders;
import dev.bes.orchestrator.definition.template.Templates;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The set of folders that a definition may deliver to.
 *
 * @param fixed the part without variables, as a real path
 * @param segments the segments below it, which contain variables
 */
record DeliveryPattern(Path fixed, List<Segment> segments) {

    private static final String DIGITS = "[0-9]+";
    private static final String ANYTHING = "[A-Za-z0-9_-][A-Za-z0-9._-]*";

    /**
     * A segment with variables.
     *
     * @param regex matches its possible values
     * @param glob the same as a glob, which may match more
     */
    private record Segment(String regex, String glob) {
        boolean mayBe(String name, int flags) {
            return Pattern.compile(regex, flags).matcher(name).matches();
        }
    }

    static DeliveryPattern of(Definition definition, Path root) {
        String text = Templates.replace(
                definition.delivery().folder(),
                expression -> expression.equals("definition") ? definition.name() : "${" + expression + "}");
        List<String> all = split(text);
        int known = (int) all.stream().takeWhile(part -> !part.contains("${")).count();
        Path fixed = root;
        for (String part : all.subList(0, known)) {
            fixed = fixed.resolve(part);
        }
        return new DeliveryPattern(
                Folders.real(fixed),
                all.subList(known, all.size()).stream()
                        .map(DeliveryPattern::segment)
                        .toList());
    }

    /** Splits at slashes, but not at those in a variable. */
    static List<String> split(String folder) {
        List<String> variables = new ArrayList<>();
        String marked = Templates.replace(folder, expression -> {
            variables.add("${" + expression + "}");
            return "\0";
        });
        List<String> parts = new ArrayList<>();
        int used = 0;
        for (String part : Arrays.asList(marked.split("/", -1))) {
            StringBuilder whole = new StringBuilder();
            for (int i = 0; i < part.length(); i++) {
                char c = part.charAt(i);
                whole.append(c == '\0' ? variables.get(used++) : String.valueOf(c));
            }
            if (!whole.isEmpty() && !whole.toString().equals(".")) {
                parts.add(whole.toString());
            }
        }
        return parts;
    }

    private static Segment segment(String part) {
        StringBuilder regex = new StringBuilder();
        StringBuilder glob = new StringBuilder();
        int from = 0;
        for (int open = part.indexOf("${"); open >= 0; open = part.indexOf("${", from)) {
            int close = part.indexOf('}', open);
            regex.append(Pattern.quote(part.substring(from, open)))
                    .append(part.startsWith("run.id", open + 2) ? DIGITS : ANYTHING);
            glob.append(Glob.quote(part.substring(from, open))).append('*');
            from = close + 1;
        }
        return new Segment(
                regex.append(Pattern.quote(part.substring(from))).toString(),
                glob.append(Glob.quote(part.substring(from))).toString());
    }

    /** Whether a file may be delivered to the folder, or below it. */
    boolean reaches(Path folder) {
        return reaches(fixed, folder, 0);
    }

    /** Whether a file may be delivered to exactly this folder. */
    boolean mayBe(Path folder) {
        return reaches(folder)
                && folder.startsWith(fixed)
                && folder.getNameCount() - fixed.getNameCount() == segments.size();
    }

    /** Whether it {@link #reaches} the folder on a disk that ignores case. */
    boolean reachesFolded(Path folder) {
        return reaches(Folders.folded(fixed), Folders.folded(folder), Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);
    }

    private boolean reaches(Path from, Path folder, int flags) {
        if (from.startsWith(folder)) {
            return true;
        }
        if (!folder.startsWith(from)) {
            return false;
        }
        Path rest = from.relativize(folder);
        for (int i = 0; i < rest.getNameCount(); i++) {
            if (i >= segments.size() || !segments.get(i).mayBe(rest.getName(i).toString(), flags)) {
                return false;
            }
        }
        return true;
    }

    /** The delivered files as a glob relative to a folder; empty if none is delivered there. */
    Optional<String> globIn(Path folder) {
        List<String> globs = new ArrayList<>();
        if (fixed.startsWith(folder)) {
            folder.relativize(fixed).forEach(name -> globs.add(Glob.quote(name.toString())));
            segments.forEach(segment -> globs.add(segment.glob));
        } else if (reaches(folder)) {
            segments.stream().skip(fixed.relativize(folder).getNameCount()).forEach(segment -> globs.add(segment.glob));
        } else {
            return Optional.empty();
        }
        globs.add("*.csv");
        return Optional.of(globs.stream().filter(glob -> !glob.isEmpty()).collect(Collectors.joining("/")));
    }
}
