app_name = "inclusion"
urlpatterns: list = []
