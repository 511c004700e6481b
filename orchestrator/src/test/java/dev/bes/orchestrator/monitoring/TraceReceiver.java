package dev.bes.orchestrator.monitoring;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;

/**
 * Receives traces by OTLP over HTTP. Source of the numbers of fields: opentelemetry-proto, {@code trace_service.proto} and {@code
 * trace.proto}.
 */
final class TraceReceiver implements AutoCloseable {
    private static final int RESOURCE_SPANS = 1;
    private static final int SCOPE_SPANS = 2;
    private static final int SPANS = 2;

    private final HttpServer server;
    private final List<Span> spans = new CopyOnWriteArrayList<>();

    /** A span; ids in hex. */
    record Span(String trace, String id, String parent, String name, Map<String, String> attributes) {}

    TraceReceiver() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/v1/traces", this::receive);
        server.start();
    }

    String address() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/v1/traces";
    }

    List<Span> spans() {
        return List.copyOf(spans);
    }

    private void receive(HttpExchange exchange) throws IOException {
        try (exchange) {
            ByteBuffer body = ByteBuffer.wrap(exchange.getRequestBody().readAllBytes());
            each(body, RESOURCE_SPANS, resource -> each(resource, SCOPE_SPANS, scope -> each(scope, SPANS, this::add)));
            exchange.getResponseHeaders().add("Content-Type", "application/x-protobuf");
            exchange.sendResponseHeaders(200, -1);
        }
    }

    private void add(ByteBuffer span) {
        Map<String, String> attributes = new TreeMap<>();
        each(span.duplicate(), 9, attribute -> attributes.put(text(attribute, 1), value(attribute)));
        spans.add(new Span(hex(span, 1), hex(span, 2), hex(span, 4), text(span, 5), attributes));
    }

    /** A text, or else a number. */
    private static String value(ByteBuffer attribute) {
        StringBuilder value = new StringBuilder();
        each(attribute.duplicate(), 2, any -> {
            String text = text(any, 1);
            value.append(text.isEmpty() ? String.valueOf(number(any.duplicate(), 3)) : text);
        });
        return value.toString();
    }

    private static String text(ByteBuffer message, int field) {
        StringBuilder text = new StringBuilder();
        each(message.duplicate(), field, part -> text.append(StandardCharsets.UTF_8.decode(part)));
        return text.toString();
    }

    private static String hex(ByteBuffer message, int field) {
        StringBuilder hex = new StringBuilder();
        each(message.duplicate(), field, part -> {
            byte[] bytes = new byte[part.remaining()];
            part.get(bytes);
            hex.append(HexFormat.of().formatHex(bytes));
        });
        return hex.toString();
    }

    private interface Part {
        void read(ByteBuffer part);
    }

    /** Reads the parts of a message that have a number and a length. Source: Protocol Buffers, encoding. */
    private static void each(ByteBuffer message, int field, Part reader) {
        while (message.hasRemaining()) {
            long tag = varint(message);
            switch ((int) (tag & 7)) {
                case 0 -> varint(message);
                case 1 -> message.getLong();
                case 2 -> {
                    int length = (int) varint(message);
                    ByteBuffer part = message.slice(message.position(), length);
                    message.position(message.position() + length);
                    if (tag >> 3 == field) {
                        reader.read(part);
                    }
                }
                case 5 -> message.getInt();
                default -> throw new IllegalStateException("No part of a message: " + tag);
            }
        }
    }

    private static long number(ByteBuffer message, int field) {
        while (message.hasRemaining()) {
            long tag = varint(message);
            if ((tag & 7) != 0) {
                return -1;
            }
            long value = varint(message);
            if (tag >> 3 == field) {
                return value;
            }
        }
        return -1;
    }

    private static long varint(ByteBuffer message) {
        long value = 0;
        for (int shift = 0; ; shift += 7) {
            byte next = message.get();
            value |= (long) (next & 0x7f) << shift;
            if (next >= 0) {
                return value;
            }
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
