package io.ampacity.emulator;

import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** {@code /v1/embeddings}: eight numbers for each text, the same for the same text. */
final class Embeddings {

    private static final int NUMBERS = 8;

    private Embeddings() {}

    static String answer(JsonNode body, Account account) {
        List<String> texts = new ArrayList<>();
        JsonNode input = body.path("input");
        if (input.isArray()) {
            input.forEach(text -> texts.add(text.isString() ? text.asString() : text.toString()));
        } else {
            texts.add(input.asString(""));
        }
        StringBuilder data = new StringBuilder();
        int tokens = 0;
        for (int i = 0; i < texts.size(); i++) {
            String text = texts.get(i);
            tokens += Math.max(1, Prompt.tokens(text.length()));
            data.append(i == 0 ? "" : ",")
                    .append("{\"object\":\"embedding\",\"index\":")
                    .append(i)
                    .append(",\"embedding\":[");
            for (int number = 0; number < NUMBERS; number++) {
                int hash = text.hashCode() * 31 + number * 0x9E3779B9;
                data.append(number == 0 ? "" : ",").append(hash / (double) Integer.MAX_VALUE);
            }
            data.append("]}");
        }
        String model = body.path("model").asString("");
        account.ended(new Account.Entry("/v1/embeddings", model, false, tokens, 0, 0, 0, Account.End.COMPLETED));
        return "{\"object\":\"list\",\"data\":[" + data + "],\"model\":" + Json.quote(model)
                + ",\"usage\":{\"prompt_tokens\":" + tokens + ",\"total_tokens\":" + tokens + "}}";
    }
}
