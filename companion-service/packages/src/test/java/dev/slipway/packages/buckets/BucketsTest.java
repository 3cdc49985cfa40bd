package dev.slipway.packages.buckets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class BucketsTest {
    @Property(tries = 100)
    void togetherAreTheList(@ForAll long seed, @ForAll @IntRange(max = 5000) int count) {
        List<BucketItem> items = SampleItems.of(seed, count);

        List<BucketItem> together = new ArrayList<>();
        Buckets.split(items).forEach(together::addAll);

        assertThat(together).isEqualTo(items);
    }

    @Property(tries = 100)
    void areNeverEmptyNorTooLarge(@ForAll long seed, @ForAll @IntRange(max = 5000) int count) {
        assertThat(Buckets.split(SampleItems.of(seed, count)))
                .allSatisfy(bucket -> assertThat(bucket).hasSizeBetween(1, Buckets.MOST));
    }

    @Test
    void haveTheIntendedSizeOnAverage() {
        assertThat(Buckets.split(SampleItems.of(1, 100_000))).hasSizeBetween(350, 450);
    }

    @Test
    void areAsEvenInAListSortedByHash() {
        List<BucketItem> items = SampleItems.of(2, 100_000);
        items.sort(Comparator.comparing(BucketItem::sha256));

        assertThat(Buckets.split(items)).hasSizeBetween(350, 450);
    }

    @Test
    void aRemovedPackageTouchesTwoAtMost() {
        List<BucketItem> items = SampleItems.of(3, 5000);
        Set<String> before = keys(items);

        for (int i = 0; i < items.size(); i += 7) {
            List<BucketItem> fewer = new ArrayList<>(items);
            fewer.remove(i);
            assertThat(added(before, fewer)).isLessThanOrEqualTo(2);
        }
    }

    @Test
    void anAddedPackageTouchesTwoAtMost() {
        List<BucketItem> items = SampleItems.of(4, 5000);
        List<BucketItem> others = SampleItems.of(5, 5000);
        Set<String> before = keys(items);

        for (int i = 0; i < items.size(); i += 7) {
            List<BucketItem> more = new ArrayList<>(items);
            more.add(i, others.get(i));
            assertThat(added(before, more)).isLessThanOrEqualTo(2);
        }
    }

    @Property(tries = 300)
    void aChangeInAListWithoutAnyBorderTouchesFew(@ForAll long seed, @ForAll @IntRange(max = 7999) int place) {
        List<BucketItem> items = SampleItems.of(seed, 8000);
        items.removeIf(item -> item.sha256().endsWith("00"));
        Set<String> before = keys(items);

        List<BucketItem> fewer = new ArrayList<>(items);
        fewer.remove(place % fewer.size());

        assertThat(added(before, fewer)).isLessThanOrEqualTo(4);
    }

    @Test
    void haveAnotherKeyForAnotherKindOrCompression() {
        List<BucketItem> bucket = SampleItems.of(6, 3);

        assertThat(Set.of(
                        Buckets.key("a", Compression.GZIP, bucket),
                        Buckets.key("b", Compression.GZIP, bucket),
                        Buckets.key("a", Compression.ZSTD, bucket),
                        Buckets.key("a", Compression.GZIP, bucket.subList(0, 2))))
                .hasSize(4);
    }

    @Test
    void haveTheSameKeyUnderOtherIds() {
        BucketItem item = SampleItems.of(7, 1).get(0);

        assertThat(Buckets.key("a", Compression.GZIP, List.of(new BucketItem(item.sha256(), 99))))
                .isEqualTo(Buckets.key("a", Compression.GZIP, List.of(item)));
    }

    @Test
    void areMadeOfHashesOnly() {
        assertThatIllegalArgumentException().isThrownBy(() -> new BucketItem("../etc/passwd", 1));
    }

    private static Set<String> keys(List<BucketItem> items) {
        Set<String> keys = new HashSet<>();
        Buckets.split(items).forEach(bucket -> keys.add(Buckets.key("kind", Compression.GZIP, bucket)));
        return keys;
    }

    private static int added(Set<String> before, List<BucketItem> items) {
        Set<String> after = keys(items);
        after.removeAll(before);
        return after.size();
    }
}
