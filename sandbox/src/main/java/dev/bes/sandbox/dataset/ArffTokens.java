package dev.bes.sandbox.dataset;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;

/** Splits an ARFF file into tokens as Weka's reader does. What it also checks: commas, and the ends of quoted texts. */
final class ArffTokens implements AutoCloseable {

    private static final int LONGEST = 16 << 20;
    private static final int NONE = -2;
    private static final int END = -1;
    private static final char BOM = '\uFEFF';

    private final Reader in;
    private int ahead = NONE;
    private long line = 1;

    ArffTokens(InputStream in) {
        this.in = new BufferedReader(new InputStreamReader(in, UTF_8));
        if (peek() == BOM) {
            take();
        }
    }

    /** What a token is. */
    enum Kind {
        WORD,
        QUOTED,
        OPEN,
        CLOSE,
        COMMA,
        LINE_END,
        FILE_END
    }

    /**
     * A token.
     *
     * @param text the word, or the quoted text without its quotes; empty for the other kinds
     * @param line the line in which it begins
     */
    record Token(Kind kind, String text, long line) {

        boolean isValue() {
            return kind == Kind.WORD || kind == Kind.QUOTED;
        }

        boolean isMissing() {
            return kind == Kind.WORD && text.equals("?");
        }

        boolean isKeyword(String keyword) {
            return kind == Kind.WORD && text.equalsIgnoreCase(keyword);
        }

        boolean endsLine() {
            return kind == Kind.LINE_END || kind == Kind.FILE_END;
        }
    }

    Token next() {
        skipSpaceAndComment();
        long at = line;
        int c = peek();
        return switch (c) {
            case END -> new Token(Kind.FILE_END, "", at);
            case '\n', '\r' -> lineEnd();
            case ',' -> single(Kind.COMMA);
            case '{' -> single(Kind.OPEN);
            case '}' -> single(Kind.CLOSE);
            case '\'', '"' -> new Token(Kind.QUOTED, quoted(), at);
            default -> new Token(Kind.WORD, word(), at);
        };
    }

    @Override
    public void close() {
        try {
            in.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void skipSpaceAndComment() {
        while (isSpace(peek())) {
            take();
        }
        if (peek() == '%') {
            while (!isLineEnd(peek())) {
                take();
            }
        }
    }

    private Token single(Kind kind) {
        take();
        return new Token(kind, "", line);
    }

    private Token lineEnd() {
        long at = line;
        if (take() == '\r' && peek() == '\n') {
            take();
        }
        line++;
        return new Token(Kind.LINE_END, "", at);
    }

    private String word() {
        StringBuilder word = new StringBuilder();
        while (!isSpace(peek()) && !isLineEnd(peek()) && ",{}'\"%".indexOf(peek()) < 0) {
            append(word, (char) take());
        }
        return word.toString();
    }

    private String quoted() {
        int quote = take();
        StringBuilder text = new StringBuilder();
        while (peek() != quote) {
            if (isLineEnd(peek())) {
                throw InvalidDataset.at(
                        line, "a quoted text does not end in its line; write a line feed in a text as \\n");
            }
            int c = take();
            append(text, c == '\\' ? escaped() : (char) c);
        }
        take();
        return text.toString();
    }

    /** The escapes of java.io.StreamTokenizer, which Weka reads with, but for octal numbers. */
    private char escaped() {
        if (isLineEnd(peek())) {
            throw InvalidDataset.at(line, "a quoted text does not end in its line");
        }
        int c = take();
        return switch (c) {
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'b' -> '\b';
            case 'f' -> '\f';
            default -> (char) c;
        };
    }

    private void append(StringBuilder text, char c) {
        if (text.length() == LONGEST) {
            throw InvalidDataset.at(line, "a value is longer than " + LONGEST + " characters");
        }
        text.append(c);
    }

    private static boolean isSpace(int c) {
        return c >= 0 && c <= ' ' && c != '\n' && c != '\r';
    }

    private static boolean isLineEnd(int c) {
        return c == '\n' || c == '\r' || c == END;
    }

    private int peek() {
        if (ahead == NONE) {
            try {
                ahead = in.read();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return ahead;
    }

    private int take() {
        int c = peek();
        ahead = NONE;
        return c;
    }
}
