package dev.bes.sandbox.azure;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The declarations of a Bicep file, as far as they are written in the plain style of main.bicep: one item a line. */
final class BicepFile {

    private static final Pattern PARAMETER =
            Pattern.compile("(?m)^((?:@.*\n|  .*\n|]\\)\n)*)param (\\w+) (\\w+)(?: = (.*))?$");
    private static final Pattern OUTPUT = Pattern.compile("(?m)^((?:@.*\n)*)output (\\w+) (\\w+) = (.*)$");
    private static final Pattern VARIABLE = Pattern.compile("(?m)^var (\\w+) = ");
    private static final Pattern RESOURCE =
            Pattern.compile("(?ms)^resource (\\w+) '([^@']+)@([^']+)' = (?:\\[for [^\n]* in (\\w+): )?\\{\n(.*?)^}");
    private static final Pattern DESCRIPTION = Pattern.compile("@description\\('([^']*)'\\)");
    private static final Pattern LIST = Pattern.compile("(?s)@allowed\\(\\[(.*?)]\\)");
    private static final Pattern NUMBER = Pattern.compile("@(minLength|maxLength|minValue|maxValue)\\((\\d+)\\)");
    private static final Pattern PROPERTY = Pattern.compile("(\\w+): (.*)");

    private static final Pattern CALL = Pattern.compile("(\\w+)\\(([^()]*)\\)");

    private final String text;

    BicepFile(Path file) throws IOException {
        this.text = Files.readString(file);
    }

    String text() {
        return text;
    }

    List<Parameter> parameters() {
        return PARAMETER.matcher(text).results().map(Parameter::new).toList();
    }

    List<Output> outputs() {
        return OUTPUT.matcher(text)
                .results()
                .map(found -> new Output(found.group(2), found.group(3), described(found.group(1)), found.group(4)))
                .toList();
    }

    List<String> variables() {
        return VARIABLE.matcher(text).results().map(found -> found.group(1)).toList();
    }

    List<Resource> resources() {
        return RESOURCE.matcher(text)
                .results()
                .map(found -> new Resource(
                        found.group(1), found.group(2), found.group(3), String.valueOf(found.group(4)), found.group(5)))
                .toList();
    }

    private static String described(String decorators) {
        Matcher found = DESCRIPTION.matcher(decorators);
        return found.find() ? found.group(1) : "";
    }

    /**
     * What an expression is in an ARM template, if it is a literal, a parameter, a variable, an item of a loop, or a function
     * of these; empty for anything else.
     */
    Optional<String> arm(String expression, String loop) {
        if (expression.matches("'[^'$]*'|true|false|\\d+")) {
            return Optional.of(expression.replace("'", ""));
        }
        return code(expression, loop).map(code -> "[" + code + "]");
    }

    private Optional<String> code(String expression, String loop) {
        if (expression.matches("'[^'$]*'")) {
            return Optional.of(expression);
        }
        Matcher call = CALL.matcher(expression);
        if (call.matches()) {
            List<String> arguments = Arrays.stream(call.group(2).split(", "))
                    .flatMap(argument -> code(argument, loop).stream())
                    .toList();
            boolean all = arguments.size() == call.group(2).split(", ").length;
            return all ? Optional.of(call.group(1) + "(" + String.join(", ", arguments) + ")") : Optional.empty();
        }
        String name = expression.replaceAll("\\..*", "");
        String path = expression.substring(name.length());
        if (name.equals("item")) {
            return Optional.of("variables('" + loop + "')[copyIndex()]" + path);
        }
        boolean parameter =
                parameters().stream().anyMatch(declared -> declared.name().equals(name));
        String kind = parameter ? "parameters" : "variables";
        return parameter || variables().contains(name)
                ? Optional.of(kind + "('" + name + "')" + path)
                : Optional.empty();
    }

    record Output(String name, String type, String description, String value) {}

    /** @param defaultValue the expression; "null" for a parameter that has none */
    record Parameter(
            String name,
            String type,
            String description,
            List<String> allowed,
            Set<String> limits,
            boolean secure,
            String defaultValue) {

        private Parameter(MatchResult found) {
            this(
                    found.group(2),
                    found.group(3),
                    described(found.group(1)),
                    list(found.group(1)),
                    limits(found.group(1)),
                    found.group(1).contains("@secure()"),
                    String.valueOf(found.group(4)));
        }

        private static List<String> list(String decorators) {
            Matcher found = LIST.matcher(decorators);
            return found.find()
                    ? List.of(found.group(1).replace("'", "").strip().split("\\s+"))
                    : List.of();
        }

        private static Set<String> limits(String decorators) {
            Set<String> limits = new TreeSet<>();
            NUMBER.matcher(decorators).results().forEach(found -> limits.add(found.group(1) + "=" + found.group(2)));
            return limits;
        }
    }

    /** @param loop the array that the resource is made for each item of; "null" for a single resource */
    record Resource(String symbol, String type, String apiVersion, String loop, String body) {

        /** Its properties by path, such as {@code properties/keyVault/secretIdentifier}, with their expressions. */
        Map<String, String> properties() {
            Map<String, String> properties = new TreeMap<>();
            Deque<String> open = new ArrayDeque<>();
            for (String line : body.lines().map(String::strip).toList()) {
                Matcher property = PROPERTY.matcher(line);
                if (property.matches()) {
                    open.addLast(property.group(1));
                    properties.put(String.join("/", open), property.group(2));
                }
                boolean opens = property.matches() && (line.endsWith("{") || line.endsWith("["));
                if ((property.matches() && !opens) || line.equals("}") || line.equals("]")) {
                    open.removeLast();
                }
            }
            properties.keySet().removeAll(Set.of("name", "parent", "scope", "dependsOn"));
            return properties;
        }

        /** What it says that must be there before, beside what its expressions mention. */
        List<String> dependsOn() {
            int from = body.indexOf("dependsOn: [");
            List<String> symbols = new ArrayList<>();
            if (from >= 0) {
                Collections.addAll(
                        symbols,
                        body.substring(body.indexOf('[', from) + 1, body.indexOf(']', from))
                                .strip()
                                .split("\\s+"));
            }
            return symbols;
        }
    }
}
