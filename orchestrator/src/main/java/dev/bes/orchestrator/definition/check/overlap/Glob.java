package dev.bes.orchestrator.definition.check.overlap;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.IntPredicate;

/** A glob as a list of tokens, to find a name that two globs match. */
final class Glob {

    private final List<Token> tokens;

    Glob(List<Token> tokens) {
        this.tokens = tokens;
    }

    /**
     * A token of a glob.
     *
     * @param matches the characters that it matches
     * @param hints some of them, to try first
     * @param repeated whether it matches any number of them
     */
    record Token(IntPredicate matches, String hints, boolean repeated) {}

    /** A name that both globs match and that does not start with a dot; empty if there is none. */
    static Optional<String> commonName(String one, String other) {
        for (Glob a : GlobParser.alternatives(one)) {
            for (Glob b : GlobParser.alternatives(other)) {
                Optional<String> witness = a.commonName(b);
                if (witness.isPresent()) {
                    return witness;
                }
            }
        }
        return Optional.empty();
    }

    /** The text as a glob that matches only this text. */
    static String quote(String text) {
        return text.replaceAll("[\\\\*?\\[\\]{}]", "\\\\$0");
    }

    private record State(int i, int j, String path) {}

    private Optional<String> commonName(Glob other) {
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

    /** The characters of the tokens, their neighbours and some letters: if any character matches both, one of these does. */
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
}
