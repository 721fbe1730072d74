"""An article of the Convention."""

from rest_framework import serializers

from sections.models import ConventionArticle

from .fields import AddressField, numbers_by_basis


class ArticleListSerializer(serializers.ModelSerializer):
    """An article of the Convention, under a short caption that is the site's own."""

    url = AddressField(source="get_absolute_url", read_only=True)
    part = serializers.CharField(source="part.roman")
    paragraph_count = serializers.IntegerField(read_only=True)

    class Meta:
        model = ConventionArticle
        fields = ["number", "url", "part", "subject", "paragraph_count"]


class ArticleSerializer(ArticleListSerializer):
    """An article with, by basis, the paragraphs that bear on it."""

    paragraphs = serializers.SerializerMethodField()

    class Meta:
        model = ConventionArticle
        fields = [*ArticleListSerializer.Meta.fields, "paragraphs"]

    def get_paragraphs(self, article: ConventionArticle) -> dict[str, list[int]]:
        links = article.article_links.shown().filter(paragraph__report=self.context["report"])
        return numbers_by_basis(links.values_list("basis", "paragraph__number"))
