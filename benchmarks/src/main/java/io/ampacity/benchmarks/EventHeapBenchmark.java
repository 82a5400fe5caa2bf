package io.ampacity.benchmarks;

import io.ampacity.simulator.engine.EventHeap;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Cost of one event that does nothing but come out and go in again later: what no event loop on this heap can beat. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class EventHeapBenchmark {

    private static final int WAITS = 4096;

    @Param({"16", "1024", "65536"})
    int events;

    private EventHeap heap = new EventHeap();
    private final double[] waits = new double[WAITS];
    private long number;

    @Setup
    public void fill() {
        SplittableRandom random = new SplittableRandom(1);
        for (int wait = 0; wait < WAITS; wait++) {
            waits[wait] = -Math.log(1 - random.nextDouble());
        }
        heap = new EventHeap();
        for (int event = 0; event < events; event++) {
            heap.add(waits[event % WAITS], number++, event);
        }
    }

    @Benchmark
    public long takeAndAdd() {
        double now = heap.nextSeconds();
        long event = heap.take();
        heap.add(now + waits[(int) (number & (WAITS - 1))], number++, event);
        return event;
    }
}
