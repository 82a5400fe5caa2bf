package io.ampacity.traces;

import java.util.ArrayList;
import java.util.List;

/** A request as a value, for comparing sources. */
public record Request(double arrival, int prompt, int output, long session, List<Long> blocks) {

    public static List<Request> all(RequestSource source) {
        List<Request> all = new ArrayList<>();
        while (source.next()) {
            List<Long> blocks = new ArrayList<>();
            for (int i = 0; i < source.prefixBlocks(); i++) {
                blocks.add(source.prefixBlock(i));
            }
            all.add(new Request(
                    source.arrivalSeconds(), source.promptTokens(), source.outputTokens(), source.session(), blocks));
        }
        return all;
    }

    public static Request plain(double arrival, int prompt, int output) {
        return new Request(arrival, prompt, output, RequestSource.UNKNOWN_SESSION, List.of());
    }
}
