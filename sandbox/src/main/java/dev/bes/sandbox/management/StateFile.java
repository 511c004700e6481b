package dev.bes.sandbox.management;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.exc.ValueInstantiationException;
import tools.jackson.databind.json.JsonMapper;

/** The JSON file of users and subscriptions. It is replaced as a whole, so a crash leaves the old or the new one. */
final class StateFile {

    private static final JsonMapper json = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(SerializationFeature.INDENT_OUTPUT)
            .build();

    private final Path file;

    StateFile(Path file) {
        this.file = file;
    }

    /**
     * The state in the file; empty when there is no file.
     *
     * @throws IllegalStateException when the file has a mistake; the message has file, line and column
     */
    Optional<ManagementState> read() {
        if (Files.notExists(file)) {
            return Optional.empty();
        }
        try (JsonParser parser = json.createParser(file)) {
            return Optional.of(read(parser));
        } catch (JacksonException e) {
            throw mistake(e.getLocation(), String.valueOf(e.getOriginalMessage()));
        }
    }

    void write(ManagementState state) {
        byte[] bytes = json.writeValueAsBytes(
                new Document(state.users().values(), state.subscriptions().values(), state.removed()));
        try {
            Path folder = Files.createDirectories(file.toAbsolutePath().getParent());
            Path draft = Files.createTempFile(folder, file.getFileName().toString(), ".tmp");
            writeToDisk(draft, bytes);
            Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot write " + file + ": " + e.getMessage(), e);
        }
    }

    private static void writeToDisk(Path draft, byte[] bytes) throws IOException {
        try (FileChannel channel = FileChannel.open(draft, StandardOpenOption.WRITE)) {
            ByteBuffer left = ByteBuffer.wrap(bytes);
            while (left.hasRemaining()) {
                channel.write(left);
            }
            channel.force(true);
        }
    }

    private ManagementState read(JsonParser parser) {
        ManagementState state = ManagementState.EMPTY;
        expect(parser, JsonToken.START_OBJECT);
        while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
            String name = parser.currentName();
            if (!List.of("users", "subscriptions", "removed").contains(name)) {
                throw mistake(parser.currentTokenLocation(), "unknown name " + name);
            }
            expect(parser, JsonToken.START_ARRAY);
            while (parser.nextToken() != JsonToken.END_ARRAY) {
                state = withNext(parser, name, state);
            }
        }
        if (parser.nextToken() != null) {
            throw mistake(parser.currentTokenLocation(), "text after the end of the object");
        }
        return state;
    }

    private ManagementState withNext(JsonParser parser, String list, ManagementState state) {
        TokenStreamLocation start = parser.currentTokenLocation();
        try {
            return switch (list) {
                case "users" -> add(parser.readValueAs(User.class), state);
                case "subscriptions" -> add(parser.readValueAs(Subscription.class), state);
                default -> state.withRemoved(parser.readValueAs(String.class));
            };
        } catch (ValueInstantiationException e) {
            throw mistake(
                    start,
                    String.valueOf(Objects.requireNonNullElse(e.getCause(), e).getMessage()));
        } catch (IllegalArgumentException e) {
            throw mistake(start, String.valueOf(e.getMessage()));
        }
    }

    private static ManagementState add(User user, ManagementState state) {
        if (state.users().containsKey(user.id())) {
            throw new IllegalArgumentException("There are two users " + user.id());
        }
        return state.with(user);
    }

    private static ManagementState add(Subscription subscription, ManagementState state) {
        if (state.subscriptions().containsKey(subscription.sid())) {
            throw new IllegalArgumentException("There are two subscriptions " + subscription.sid());
        }
        return state.with(subscription);
    }

    private void expect(JsonParser parser, JsonToken token) {
        if (parser.nextToken() != token) {
            throw mistake(parser.currentTokenLocation(), token.asString() + " is expected");
        }
    }

    private IllegalStateException mistake(TokenStreamLocation at, String problem) {
        return new IllegalStateException(
                "%s:%d:%d: %s; correct it, or remove the file to start with the demo's users and"
                                .formatted(file, at.getLineNr(), at.getColumnNr(), problem)
                        + " subscriptions");
    }

    private record Document(
            Collection<User> users, Collection<Subscription> subscriptions, Collection<String> removed) {}
}
