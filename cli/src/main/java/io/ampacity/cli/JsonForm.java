package io.ampacity.cli;

import java.util.Locale;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.ser.std.StdSerializer;

/**
 * How results are written as JSON: a number that was not measured is {@code null}, since JSON has no NaN, and words of a
 * choice are lower-case with hyphens.
 */
final class JsonForm {

    static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(SerializationFeature.INDENT_OUTPUT)
            .addModule(new SimpleModule()
                    .addSerializer(Double.class, new FiniteNumber(Double.class))
                    .addSerializer(double.class, new FiniteNumber(double.class))
                    .addSerializer(Enum.class, new Choice()))
            .build();

    private JsonForm() {}

    private static final class FiniteNumber extends StdSerializer<Double> {
        FiniteNumber(Class<Double> type) {
            super(type);
        }

        @Override
        public void serialize(Double value, JsonGenerator out, SerializationContext context) {
            if (Double.isFinite(value)) {
                out.writeNumber(value);
            } else {
                out.writeNull();
            }
        }
    }

    @SuppressWarnings("rawtypes") // a serializer of all enums is one of the raw type
    private static final class Choice extends StdSerializer<Enum> {
        Choice() {
            super(Enum.class);
        }

        @Override
        public void serialize(Enum value, JsonGenerator out, SerializationContext context) {
            out.writeString(value.name().toLowerCase(Locale.ROOT).replace('_', '-'));
        }
    }
}
