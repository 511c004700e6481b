package dev.bes.orchestrator.definition.check.overlap;

import dev.bes.orchestrator.definition.check.overlap.Glob.Token;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;

/** Parses a valid glob. */
final class GlobParser {

    private static final int MAX_ALTERNATIVES = 500;

    private GlobParser() {}

    /** Expands the braces of a valid glob. */
    static List<Glob> alternatives(String glob) {
        List<String> plain = new ArrayList<>();
        expand("", glob, plain);
        return plain.stream().map(text -> new Glob(tokens(text))).toList();
    }

    private static void expand(String before, String glob, List<String> plain) {
        int open = unescaped(glob, '{', 0);
        if (open < 0 || plain.size() >= MAX_ALTERNATIVES) {
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

    /** The index of a character that is neither escaped nor in a character class; -1 if there is none. */
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
                    tokens.add(characterClass(glob.substring(i + 1, end)));
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

    private static Token characterClass(String text) {
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
