package dev.bes.orchestrator.definition;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.IntPredicate;

/** A glob as a list of characters and stars, to see whether two globs can match one name. */
final class Glob {

    private static final int MOST_ALTERNATIVES = 500;

    private final List<Token> tokens;

    private Glob(List<Token> tokens) {
        this.tokens = tokens;
    }

    /**
     * A piece of a glob.
     *
     * @param matches the characters that it takes
     * @param hints some of them, to try first
     * @param repeated whether it takes any number of them
     */
    private record Token(IntPredicate matches, String hints, boolean repeated) {}

    /** A name that both globs match, and that does not start with a dot; empty if there is none. */
    static Optional<String> meet(String one, String other) {
        for (Glob a : alternatives(one)) {
            for (Glob b : alternatives(other)) {
                Optional<String> witness = a.meet(b);
                if (witness.isPresent()) {
                    return witness;
                }
            }
        }
        return Optional.empty();
    }

    /** The text as a glob that matches nothing else. */
    static String quote(String text) {
        return text.replaceAll("[\\\\*?\\[\\]{}]", "\\\\$0");
    }

    private record State(int i, int j, String path) {}

    private Optional<String> meet(Glob other) {
        Set<Integer> candidates = candidates(other);
        Deque<State> queue = new ArrayDeque<>(List.of(new State(0, 0, "")));
        Set<List<Integer>> seen = new HashSet<>();
        while (!queue.isEmpty()) {
            State state = queue.remove();
            if (!seen.add(List.of(state.i, state.j, state.path.isEmpty() ? 0 : 1))) {
                continue;
            }
            if (state.i == tokens.size() && state.j == other.tokens.size()) {
                return Optional.of(state.path);
            }
            step(state, other, candidates, queue);
        }
        return Optional.empty();
    }

    private void step(State state, Glob other, Set<Integer> candidates, Deque<State> queue) {
        Token a = state.i < tokens.size() ? tokens.get(state.i) : null;
        Token b = state.j < other.tokens.size() ? other.tokens.get(state.j) : null;
        if (a != null && a.repeated) {
            queue.add(new State(state.i + 1, state.j, state.path));
        }
        if (b != null && b.repeated) {
            queue.add(new State(state.i, state.j + 1, state.path));
        }
        if (a == null || b == null) {
            return;
        }
        candidates.stream()
                .filter(c -> !(c == '.' && state.path.isEmpty()))
                .filter(c -> a.matches.test(c) && b.matches.test(c))
                .findFirst()
                .ifPresent(c -> queue.add(new State(
                        a.repeated ? state.i : state.i + 1,
                        b.repeated ? state.j : state.j + 1,
                        state.path + Character.toString(c))));
    }

    /** What the tokens mention and its neighbours, and some letters: if any character will do, one of these will. */
    private Set<Integer> candidates(Glob other) {
        Set<Integer> all = new java.util.LinkedHashSet<>();
        for (char c : "abcxyz0123456789_-".toCharArray()) {
            all.add((int) c);
        }
        Set<Integer> mentioned = new TreeSet<>();
        for (List<Token> list : List.of(tokens, other.tokens)) {
            list.forEach(token -> token.hints.codePoints().forEach(c -> {
                mentioned.add(c);
                mentioned.add(Math.max(1, c - 1));
                mentioned.add(c + 1);
            }));
        }
        all.addAll(mentioned);
        all.add((int) '/');
        return all;
    }

    /** The globs without braces that a good glob stands for. */
    private static List<Glob> alternatives(String glob) {
        List<String> plain = new ArrayList<>();
        expand("", glob, plain);
        return plain.stream().map(text -> new Glob(tokens(text))).toList();
    }

    private static void expand(String before, String glob, List<String> plain) {
        int open = unescaped(glob, '{', 0);
        if (open < 0 || plain.size() >= MOST_ALTERNATIVES) {
            plain.add(before + (open < 0 ? glob : glob.substring(0, open) + "*"));
            return;
        }
        int close = unescaped(glob, '}', open);
        int from = open + 1;
        for (int comma = unescaped(glob, ',', from); from <= close; comma = unescaped(glob, ',', from)) {
            int end = comma < 0 || comma > close ? close : comma;
            String choice = glob.substring(from, end);
            expand(before + glob.substring(0, open) + choice, glob.substring(close + 1), plain);
            from = end + 1;
        }
    }

    /** Where a character stands that is neither escaped nor in a class. */
    private static int unescaped(String glob, char wanted, int from) {
        for (int i = from; i < glob.length(); i++) {
            char c = glob.charAt(i);
            if (c == '\\') {
                i++;
            } else if (c == wanted) {
                return i;
            } else if (c == '[') {
                i = endOfClass(glob, i);
            }
        }
        return -1;
    }

    private static int endOfClass(String glob, int open) {
        int end = glob.indexOf(']', open + 1);
        return end < 0 ? glob.length() - 1 : end;
    }

    private static List<Token> tokens(String glob) {
        List<Token> tokens = new ArrayList<>();
        for (int i = 0; i < glob.length(); i++) {
            char c = glob.charAt(i);
            switch (c) {
                case '*' -> {
                    boolean crosses = i + 1 < glob.length() && glob.charAt(i + 1) == '*';
                    tokens.add(new Token(other -> crosses || other != '/', "", true));
                    i += crosses ? 1 : 0;
                }
                case '?' -> tokens.add(new Token(other -> other != '/', "", false));
                case '[' -> {
                    int end = endOfClass(glob, i);
                    tokens.add(aClass(glob.substring(i + 1, end)));
                    i = end;
                }
                default -> {
                    int literal = c == '\\' && i + 1 < glob.length() ? glob.charAt(++i) : c;
                    tokens.add(new Token(other -> other == literal, Character.toString(literal), false));
                }
            }
        }
        return tokens;
    }

    private static Token aClass(String text) {
        boolean not = text.startsWith("!");
        String members = not ? text.substring(1) : text;
        IntPredicate any = c -> false;
        for (int i = 0; i < members.length(); i++) {
            int low = members.charAt(i);
            int high = i + 2 < members.length() && members.charAt(i + 1) == '-' ? members.charAt(i += 2) : low;
            any = any.or(c -> c >= low && c <= high);
        }
        IntPredicate matches = not ? any.negate() : any;
        return new Token(c -> c != '/' && matches.test(c), members, false);
    }
}
