package io.holdfast.storage.api.wire;

import io.holdfast.storage.api.Durability;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.dataformat.cbor.CBORFactory;

/// The pieces that both codecs are made of: each method reads or writes one item, and refuses any other.
final class Cbor {
    private static final CBORFactory FACTORY = new CBORFactory();
    private static final int USUAL_BYTES_PER_ITEM = 512;

    private Cbor() {}

    static <T> byte[] encode(List<? extends T> items, BiConsumer<JsonGenerator, T> writer) {
        ByteArrayOutputStream message = new ByteArrayOutputStream(USUAL_BYTES_PER_ITEM * items.size());
        try (JsonGenerator out = FACTORY.createGenerator(ObjectWriteContext.empty(), message)) {
            out.writeStartArray();
            items.forEach(item -> writer.accept(out, item));
            out.writeEndArray();
        }
        return message.toByteArray();
    }

    /// @param reader reads what stands between the brackets of one item
    static <T> List<T> decode(byte[] message, int most, Function<JsonParser, T> reader) {
        try (JsonParser in = FACTORY.createParser(ObjectReadContext.empty(), message)) {
            List<T> items = new ArrayList<>();
            expectArray(in);
            while (anotherArray(in)) {
                if (items.size() == most) {
                    throw new MalformedMessageException("more than " + most + " items");
                }
                int depth = depth(in);
                items.add(reader.apply(in));
                skipToEnd(in, depth);
            }
            return items;
        } catch (JacksonException e) {
            throw new MalformedMessageException("not CBOR", e);
        }
    }

    static void expectArray(JsonParser in) {
        expect(in.nextToken() == JsonToken.START_ARRAY, "an array");
    }

    private static boolean anotherArray(JsonParser in) {
        JsonToken token = in.nextToken();
        expect(token == JsonToken.START_ARRAY || token == JsonToken.END_ARRAY, "an array or the end of one");
        return token == JsonToken.START_ARRAY;
    }

    /// How deep what is read next lies, for [#skipToEnd].
    static int depth(JsonParser in) {
        return in.streamReadContext().getNestingDepth();
    }

    /// Leaves the array at `depth`, past what a newer sender may have added, unless its end was read.
    static void skipToEnd(JsonParser in, int depth) {
        if (depth(in) < depth) {
            return;
        }
        for (JsonToken token = in.nextToken(); token != JsonToken.END_ARRAY; token = in.nextToken()) {
            expect(token != null, "the end of an array");
            in.skipChildren();
        }
    }

    /// The next string of an array; null where null stands there, or the end.
    static @Nullable String readNullableOrEnd(JsonParser in) {
        JsonToken token = in.nextToken();
        expect(
                token == JsonToken.END_ARRAY || token == JsonToken.VALUE_NULL || token == JsonToken.VALUE_STRING,
                "a string, null or the end of an array");
        return token == JsonToken.VALUE_STRING ? in.getString() : null;
    }

    /// The next number of an array; null where something else stands there, which is skipped, or the end.
    static @Nullable Long readLongOrOther(JsonParser in) {
        if (in.nextToken() == JsonToken.VALUE_NUMBER_INT) {
            return in.getLongValue();
        }
        in.skipChildren();
        return null;
    }

    static Durability durability(String label) {
        return Durability.of(label).orElseThrow(() -> new MalformedMessageException("unknown durability " + label));
    }

    static int readInt(JsonParser in) {
        expect(in.nextToken() == JsonToken.VALUE_NUMBER_INT, "a number");
        return in.getIntValue();
    }

    static long readLong(JsonParser in) {
        expect(in.nextToken() == JsonToken.VALUE_NUMBER_INT, "a number");
        return in.getLongValue();
    }

    static boolean readBoolean(JsonParser in) {
        JsonToken token = in.nextToken();
        expect(token == JsonToken.VALUE_TRUE || token == JsonToken.VALUE_FALSE, "a boolean");
        return token == JsonToken.VALUE_TRUE;
    }

    static String readString(JsonParser in) {
        expect(in.nextToken() == JsonToken.VALUE_STRING, "a string");
        return in.getString();
    }

    static @Nullable String readNullable(JsonParser in) {
        JsonToken token = in.nextToken();
        expect(token == JsonToken.VALUE_NULL || token == JsonToken.VALUE_STRING, "a string or null");
        return token == JsonToken.VALUE_NULL ? null : in.getString();
    }

    /// The next string of an array, or null at its end.
    static @Nullable String readStringOrEnd(JsonParser in) {
        JsonToken token = in.nextToken();
        expect(token == JsonToken.END_ARRAY || token == JsonToken.VALUE_STRING, "a string or the end of an array");
        return token == JsonToken.END_ARRAY ? null : in.getString();
    }

    static <E extends Enum<E>> E readEnum(JsonParser in, Class<E> type) {
        String name = readString(in);
        try {
            return Enum.valueOf(type, name);
        } catch (IllegalArgumentException e) {
            throw new MalformedMessageException("unknown %s %s".formatted(type.getSimpleName(), name), e);
        }
    }

    static byte[] readBytes(JsonParser in) {
        expect(in.nextToken() == JsonToken.VALUE_EMBEDDED_OBJECT, "bytes");
        return in.getBinaryValue();
    }

    static Map<String, String> readMetadata(JsonParser in) {
        expect(in.nextToken() == JsonToken.START_OBJECT, "a map");
        Map<String, String> metadata = new HashMap<>();
        for (String name = in.nextName(); name != null; name = in.nextName()) {
            metadata.put(name, readString(in));
        }
        return metadata.isEmpty() ? Map.of() : metadata;
    }

    static void writeMetadata(JsonGenerator out, Map<String, String> metadata) {
        out.writeStartObject();
        metadata.forEach(out::writeStringProperty);
        out.writeEndObject();
    }

    static void writeNullable(JsonGenerator out, @Nullable String text) {
        if (text == null) {
            out.writeNull();
        } else {
            out.writeString(text);
        }
    }

    private static void expect(boolean holds, String what) {
        if (!holds) {
            throw new MalformedMessageException("expected " + what);
        }
    }
}
