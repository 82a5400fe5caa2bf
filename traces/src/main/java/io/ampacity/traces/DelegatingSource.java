package io.ampacity.traces;

import org.jspecify.annotations.Nullable;

/** A source that tells what another tells, unless a subclass says otherwise. */
abstract class DelegatingSource implements RequestSource {

    final RequestSource source;

    DelegatingSource(RequestSource source) {
        this.source = source;
    }

    @Override
    public boolean next() {
        return source.next();
    }

    @Override
    public double arrivalSeconds() {
        return source.arrivalSeconds();
    }

    @Override
    public int promptTokens() {
        return source.promptTokens();
    }

    @Override
    public int outputTokens() {
        return source.outputTokens();
    }

    @Override
    public int prefixBlocks() {
        return source.prefixBlocks();
    }

    @Override
    public long prefixBlock(int index) {
        return source.prefixBlock(index);
    }

    @Override
    public int prefixBlockTokens() {
        return source.prefixBlockTokens();
    }

    @Override
    public long session() {
        return source.session();
    }

    @Override
    public @Nullable String tenant() {
        return source.tenant();
    }

    @Override
    public @Nullable String serviceClass() {
        return source.serviceClass();
    }

    @Override
    public void rewind() {
        source.rewind();
    }

    @Override
    public void close() {
        source.close();
    }
}
